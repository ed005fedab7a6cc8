import type { ReactNode } from 'react';
import { isServed } from '../state/shift.ts';
import { useStaff } from '../state/staff.ts';
import { cameraIsOn, tillOrder, useKiosk } from '../state/store.ts';
import { CameraScreen } from './screens/camera-screen.tsx';
import { KeypadScreen } from './screens/keypad-screen.tsx';
import { OrderScreen } from './screens/order-screen.tsx';
import { SendingScreen } from './screens/sending-screen.tsx';
import { lazy } from '../components/lazy.tsx';
import './till.css';

/** Before anybody serves here, and for a payment that could not begin: nobody who pays waits for them. */
const ShiftScreen = lazy(async () => (await import('./staff/shift-screen.tsx')).ShiftScreen);
const StoppedScreen = lazy(async () => (await import('./screens/stopped-screen.tsx')).StoppedScreen);

/** The one place where a payment or an order is dealt with. An order that was tapped is shown before the stage. */
export function Till(): ReactNode {
  const stage = useKiosk((state) => state.stage);
  const order = useKiosk(tillOrder);
  const cameraOn = useKiosk(cameraIsOn);
  const served = useStaff(isServed);
  if (order !== null) return <OrderScreen key={order.view.orderId} order={order} cameraOn={cameraOn} />;
  switch (stage.name) {
    case 'none':
      return served ? <KeypadScreen /> : <ShiftScreen />;
    case 'preparing':
    case 'look':
      return <CameraScreen stage={stage} />;
    case 'order':
      return <SendingScreen amountFen={stage.amountFen} />;
    case 'stopped':
      return <StoppedScreen stage={stage} />;
  }
}
