import type { ReactNode } from 'react';
import { isServed } from '../shift.ts';
import { useStaff } from '../staff.ts';
import { cameraIsOn, tillOrder, useKiosk } from '../store.ts';
import { CameraScreen } from './camera-screen.tsx';
import { KeypadScreen } from './keypad-screen.tsx';
import { OrderScreen } from './order-screen.tsx';
import { SendingScreen } from './sending-screen.tsx';
import { ShiftScreen } from './shift-screen.tsx';
import { StoppedScreen } from './stopped-screen.tsx';
import './till.css';

/** The one place where a payment or an order is dealt with. An order that was tapped goes before the stage. */
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
